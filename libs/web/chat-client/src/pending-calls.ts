/** Promises that one event settles together. */
export class PendingCalls<T> {
  #calls: { readonly resolve: (value: T) => void; readonly reject: (reason: Error) => void }[] = [];

  add(): Promise<T> {
    return new Promise((resolve, reject) => this.#calls.push({ resolve, reject }));
  }

  resolve(value: T): void {
    for (const { resolve } of this.#calls.splice(0)) resolve(value);
  }

  reject(reason: Error): void {
    for (const { reject } of this.#calls.splice(0)) reject(reason);
  }
}

import { once } from 'node:events';
import { type ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { type ScriptedAnswer, type ScriptStep } from './scripted-answer';
import { type ScriptedRequest } from './scripted-request';

/** Does what the script says until it is done or the client has left. */
export async function playAnswer(answer: ScriptedAnswer, request: ScriptedRequest, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    request.close(!response.writableFinished && !gone.signal.aborted);
    gone.abort();
  });
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  try {
    for (const step of answer.steps) {
      if (gone.signal.aborted) return;
      if (await play(step, answer, request, response, gone)) return;
    }
    response.end();
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** Whether the answer is over. */
async function play(
  step: ScriptStep,
  answer: ScriptedAnswer,
  request: ScriptedRequest,
  response: ServerResponse,
  gone: AbortController,
): Promise<boolean> {
  if ('write' in step) {
    response.flushHeaders();
    for (let time = 0; time < (step.times ?? 1); time++) {
      for (const piece of pieces(step.write, answer.split)) {
        if (gone.signal.aborted) return true;
        request.bytesWritten += piece.byteLength;
        if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal });
        else if (answer.split !== undefined || time % 100 === 99) await turn();
      }
    }
    return false;
  }
  if ('wait' in step) await delay(step.wait, undefined, { signal: gone.signal });
  else if ('hold' in step) await Promise.race([request.released, aborted(gone.signal)]);
  else if ('stall' in step) await aborted(gone.signal);
  else if ('reset' in step) leave(gone, () => response.socket?.resetAndDestroy());
  else if ('cut' in step) leave(gone, () => response.socket?.destroySoon());
  else response.end();
  return 'stall' in step || 'reset' in step || 'cut' in step || 'end' in step;
}

/** The script itself closes the connection: that is not the client's doing. */
function leave(gone: AbortController, close: () => void): void {
  gone.abort();
  close();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
}

function* pieces(write: string | Uint8Array, split: ScriptedAnswer['split']): Generator<Uint8Array> {
  const bytes = typeof write === 'string' ? Buffer.from(write) : write;
  if (bytes.byteLength === 0) return;
  const size = split === undefined ? bytes.byteLength : split === 'bytes' ? 1 : split;
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}

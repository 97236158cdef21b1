/** Another answer is wanted beside one that is there. */
export interface Regeneration {
  readonly messageId: number;
  /** `provider/model` that is to give it; absent: the one that is chosen for the conversation. */
  readonly choice?: string;
}

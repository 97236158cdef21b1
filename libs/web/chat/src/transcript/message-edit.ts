/** Another text for a message that was sent before. */
export interface MessageEdit {
  readonly messageId: number;
  readonly text: string;
}

/** A message to one person. `id` is the sender's: sending it again with the same id must not reach the person twice. */
export type EmailMessage = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** RFC 3339. */
  readonly sentAt: string;
};

export type SmsMessage = {
  readonly id: string;
  /** E.164, such as +4930123456. */
  readonly to: string;
  readonly text: string;
};

/** Providers of the outside implement these; a failure of theirs throws an error with `cause`. */
export type EmailPort = { send(message: EmailMessage): Promise<void> };
export type SmsPort = { send(message: SmsMessage): Promise<void> };

/** Something about the embedded PostgreSQL that the person who starts the server has to put right. */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';
}

/**
 * Another live process holds the data folder: a second server of ours, or a PostgreSQL started by hand.
 * `processId` is absent when the holder died while we asked, or hides its id.
 */
export class DataFolderInUseError extends EmbeddedPostgresError {
  override readonly name = 'DataFolderInUseError';
  readonly dataFolder: string;
  readonly processId: number | undefined;

  constructor(dataFolder: string, processId: number | undefined, holder: string) {
    const who = processId === undefined ? holder : `${holder} (process ${processId})`;
    super(`the data folder ${dataFolder} is in use by ${who}; stop it first, or choose another data folder`);
    this.dataFolder = dataFolder;
    this.processId = processId;
  }
}

/**
 * What a field face keeps on the device: answers of the server that a working day needs without a network, and records
 * that are not sent yet. All of it is wiped when somebody logs out.
 */
const NAME = 'postroad-field';
const VERSION = 1;
type StoreName = 'kept' | 'records';

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept', { keyPath: 'key' });
      request.result.createObjectStore('records', { keyPath: 'seq', autoIncrement: true });
    };
    request.onsuccess = () => {
      // Another tab wipes or renews it: let go, and open it again when it is needed.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** One transaction; what it asked for is there when it is durable. */
async function within<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await database()).transaction(store, mode);
  return new Promise((resolve, reject) => {
    const request = ask(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const readOne = <T>(store: StoreName, key: IDBValidKey): Promise<T | undefined> =>
  within<T | undefined>(store, 'readonly', (one) => one.get(key));
export const readAll = <T>(store: StoreName): Promise<T[]> =>
  within<T[]>(store, 'readonly', (one) => one.getAll());
/** Answers the key: of a new record its number. */
export const write = (store: StoreName, value: object): Promise<IDBValidKey> =>
  within(store, 'readwrite', (one) => one.put(value));
export const remove = (store: StoreName, key: IDBValidKey): Promise<undefined> =>
  within(store, 'readwrite', (one) => one.delete(key));
export const empty = (store: StoreName): Promise<undefined> =>
  within(store, 'readwrite', (one) => one.clear());

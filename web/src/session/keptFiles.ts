import { browserStorage } from '@/ui/storage';

// Files that wait to be sent. Local storage has drafts, and no room for these. Deleted when a member signs out.
const databaseName = 'connections.files';
const storeName = 'files';
const aDay = 86_400_000;

interface KeptFile {
  readonly content: Blob;
  readonly at: number;
}

// What could not be stored lasts as long as the page.
const unstored = new Map<string, KeptFile>();

// No member's id contains a slash, so nobody's keys begin with another's.
const pathOf = (memberId: string, key: string) => `${memberId}/${key}`;

/**
 * Keeps a file's content across reloads.
 *
 * @returns false if this browser stores nothing, because it is full or forbidden. The content then lasts as long as the page.
 */
export async function keepFile(memberId: string, key: string, content: Blob): Promise<boolean> {
  const path = pathOf(memberId, key);
  const kept: KeptFile = { content, at: Date.now() };
  try {
    await inStore('readwrite', (store) => store.put(kept, path));
    return true;
  } catch {
    unstored.set(path, kept);
    return false;
  }
}

/** Reads the content of a file; undefined if it is not in this browser. */
export async function readKeptFile(memberId: string, key: string): Promise<Blob | undefined> {
  const path = pathOf(memberId, key);
  const kept = unstored.get(path) ?? (await get(path).catch(() => undefined));
  return kept?.content;
}

export async function dropKeptFile(memberId: string, key: string): Promise<void> {
  const path = pathOf(memberId, key);
  unstored.delete(path);
  await inStore('readwrite', (store) => store.delete(path)).catch(() => undefined);
}

/** Deletes what a member kept a day ago or longer and no draft names any more, such as when the browser ended while a file was picked. */
export async function pruneKeptFiles(memberId: string): Promise<void> {
  const prefix = pathOf(memberId, '');
  const drafts = browserStorage.keys().map((key) => browserStorage.get(key));
  for (const path of await inStore('readonly', (store) => store.getAllKeys())) {
    const key = typeof path === 'string' && path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    if (key !== undefined && !drafts.some((draft) => draft?.includes(key))) {
      const kept = await get(pathOf(memberId, key));
      if (kept && kept.at < Date.now() - aDay) {
        await dropKeptFile(memberId, key);
      }
    }
  }
}

/** Deletes all of them. */
export async function forgetKeptFiles(): Promise<void> {
  unstored.clear();
  // Not the database: it cannot be deleted while another window has it open.
  await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
}

function get(path: string): Promise<KeptFile | undefined> {
  return inStore('readonly', (store) => store.get(path) as IDBRequest<KeptFile | undefined>);
}

let opening: Promise<IDBDatabase> | undefined;

async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  opening ??= open();
  const database = await opening.catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return await new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, mode);
    const request = run(transaction.objectStore(storeName));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser stored nothing.'));
  });
}

async function open(): Promise<IDBDatabase> {
  return await new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onerror = () => reject(request.error ?? new Error('The browser opens no store.'));
    request.onsuccess = () => {
      const database = request.result;
      // Some browsers close it when the page sleeps.
      database.onclose = () => (opening = undefined);
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

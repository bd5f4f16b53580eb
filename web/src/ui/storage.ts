/** Storage of the browser that reads nothing and writes nothing where the browser blocks it, instead of throwing. */
function guarded(storage: () => Storage) {
  return {
    get(key: string): string | null {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    /** @returns false if nothing is stored, because storage is full or blocked. */
    set(key: string, value: string): boolean {
      try {
        storage().setItem(key, value);
        return true;
      } catch {
        return false;
      }
    },
    remove(key: string): void {
      try {
        storage().removeItem(key);
      } catch {
        // Nothing is stored.
      }
    },
    keys(): readonly string[] {
      try {
        return Object.keys(storage());
      } catch {
        return [];
      }
    },
  };
}

/** Shared by all windows of this browser; kept until it is removed. */
export const browserStorage = guarded(() => localStorage);

/** This window's own; survives a reload and ends with the window. */
export const windowStorage = guarded(() => sessionStorage);

/** Whether the browser blocks storage for this site. Signing in at an issuer needs it. */
export function isStorageBlocked(): boolean {
  const probe = 'connections.probe';
  const works = windowStorage.set(probe, '1');
  windowStorage.remove(probe);
  return !works;
}

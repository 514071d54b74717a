// What the server has not acknowledged yet, on this device: IndexedDB, per account and sheet (docs/nothing-lost.md).
// A record is put before it is sent and taken out by the acknowledgement, so that nothing stays here once the server
// has it. On a shared computer nothing is written. After 30 days a record is erased.
"use strict";
{
  const DAYS = 30;
  const NAME = "guichet";
  const STORE = "waiting";

  const opened = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  let database = null;
  // One act on the store; the promise is kept once the browser has written it.
  const act = async (mode, work) => {
    database ??= opened();
    const transaction = (await database).transaction(STORE, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  // Waiting records of one account and sheet. `works` is false where the browser keeps nothing (private, full, shared).
  const waiting = (account, sheet, shared) => {
    const store = {
      works: !shared && "indexedDB" in globalThis,
      async put(record) {
        if (!store.works) return;
        try {
          await act("readwrite", (all) => all.put({ ...record, account, sheet }));
        } catch {
          store.works = false; // a full disk: the page says so when it would matter
        }
      },
      async remove(key) {
        if (store.works) await act("readwrite", (all) => all.delete(key)).catch(() => {});
      },
      // This account's records of this sheet, oldest first; those past their time are erased on the way.
      async all() {
        if (!store.works) return [];
        const found = await act("readonly", (all) => all.getAll()).catch(() => []);
        const old = Date.now() - DAYS * 86_400_000;
        for (const record of found) if (record.at < old) store.remove(record.key);
        return found
          .filter((record) => record.account === account && record.sheet === sheet && record.at >= old)
          .sort((one, other) => one.at - other.at);
      },
    };
    return store;
  };

  globalThis.guichet = { ...globalThis.guichet, waiting };
}

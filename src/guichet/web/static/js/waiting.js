// What the server has not acknowledged yet, on this device: IndexedDB, per account and sheet (docs/nothing-lost.md).
// A record is put before it is sent and taken out by the acknowledgement, so that nothing stays here once the server
// has it. On a shared computer nothing is written. After 30 days a record is erased.
"use strict";
{
  const DAYS = 30;
  const STORE = "waiting";

  const databases = {}; // text in one, files in another: what looks for text reads no files
  const opened = (name) =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => {
        asked.result.onversionchange = () => {
          asked.result.close(); // somebody logs out in another tab
          delete databases[name];
        };
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
    });
  // One act on the store; the promise is kept once the browser has written it.
  const acts = (name) => async (mode, work) => {
    databases[name] ??= opened(name);
    const transaction = (await databases[name]).transaction(STORE, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  // Waiting records of one account and sheet. `works` is false where the browser keeps nothing (private, full, shared).
  // Each record is held by one page as long as it lives (a lock, which the browser frees even when it crashes): two
  // tabs never send each other's.
  const waiting = ({ account, sheet, shared, now }, name = "guichet") => {
    const act = acts(name);
    const holder = crypto.randomUUID();
    const lock = (page, work) => (navigator.locks ? navigator.locks.request(`guichet-${page}`, work) : work());
    lock(holder, () => new Promise(() => {}));
    // A profile has no organization's name before its first answer has founded it.
    const sheets = new Set([sheet, sheet.replace(/^(\w*profile):[^:]*:/, "$1::")]);
    let latest = 0;
    const store = {
      works: shared === undefined && "indexedDB" in globalThis,
      // Milliseconds by the server's clock, each later than the one before: this device's clock may be moved.
      moment: () => (latest = Math.max(latest + 1, Number(now) * 1000 + performance.now())),
      async put(record) {
        if (!store.works) return;
        try {
          await act("readwrite", (all) => all.put({ ...record, account, sheet, holder }));
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
        const old = store.moment() - DAYS * 86_400_000;
        for (const record of found) if (record.at < old) store.remove(record.key);
        const own = found.filter((record) => record.account === account && sheets.has(record.sheet) && record.at >= old);
        latest = Math.max(latest, ...own.map((record) => record.at));
        return own.sort((one, other) => one.at - other.at);
      },
      // What pages have left behind: `again` is given the records of each, once that page is gone.
      async left(again) {
        for (const other of new Set((await store.all()).map((record) => record.holder))) {
          lock(other, async () => {
            const records = (await store.all()).filter((record) => record.holder === other);
            if (records.length) await again(records);
          });
        }
      },
    };
    return store;
  };

  globalThis.guichet = { ...globalThis.guichet, waiting };
}

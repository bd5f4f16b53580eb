// Outlives the way over the issuer's page, and ends with the tab.
const key = 'connections.farewell';

/** Whether the last person here erased themselves and should be told that it is done. */
export const farewell = {
  isDue: () => sessionStorage.getItem(key) !== null,
  owe: () => sessionStorage.setItem(key, '1'),
  done: () => sessionStorage.removeItem(key),
};

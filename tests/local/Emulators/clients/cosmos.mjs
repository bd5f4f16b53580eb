import { ChangeFeedStartFrom, CosmosClient } from "@azure/cosmos";

export function connect(connectionString) {
  const container = new CosmosClient(connectionString).database("connections").container("messages");
  const item = ({ id, partition }) => container.item(id, partition);
  const stored = ({ resource, etag }) => ({ item: resource, etag });

  return {
    create: async ({ item }) => stored(await container.items.create(item)),
    upsert: async ({ item }) => stored(await container.items.upsert(item)),
    read: async (at) => stored(await item(at).read()),
    replace: async (at) => stored(await item(at).replace(at.item, { accessCondition: { type: "IfMatch", condition: at.etag } })),
    patch: async (at) => stored(await item(at).patch({ condition: at.condition, operations: at.operations })),
    remove: async (at) => (await item(at).delete()).statusCode,

    // Starts a new query for each page, as an API does that hands continuation tokens to its callers.
    pages: async ({ query, partition, size }) => {
      const pages = [];
      let token;
      do {
        const page = await container.items
          .query(query, { partitionKey: partition, maxItemCount: size, continuationToken: token })
          .fetchNext();
        pages.push(page.resources ?? []);
        token = page.continuationToken;
      } while (token);
      return pages;
    },

    queryAll: async ({ query }) => (await container.items.query(query).fetchAll()).resources,

    // Returns the changes and the continuation.
    changes: async ({ continuation }) => {
      const changeFeedStartFrom = continuation ? ChangeFeedStartFrom.Continuation(continuation) : ChangeFeedStartFrom.Beginning();
      const feed = container.items.getChangeFeedIterator({ changeFeedStartFrom, maxItemCount: 2 });
      const items = [];
      let token;
      while (feed.hasMoreResults) {
        const page = await feed.readNext();
        token = page.continuationToken;
        if (page.statusCode === 304) {
          break;
        }
        items.push(...page.result);
      }
      return { items, continuation: token };
    },
  };
}

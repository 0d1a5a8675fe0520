/** Requests, or names looked up, at the same time: as many as Composer's connections to one host. Source: `CurlDownloader.php`. */
export const REQUESTS_AT_ONCE = 8

/**
 * Does work on every item, at most `limit` at a time, and returns the results in the items' order. A failing item fails
 * the whole, after the work under way.
 */
export async function inParallel<Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length)
  const pending = items.entries()
  const worker = async () => {
    for (const [index, item] of pending) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

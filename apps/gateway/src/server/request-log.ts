import type { IncomingMessage, ServerResponse } from "node:http";

/** Writes one line for each request when its response is over: `POST /graphql 200 3.1 ms 512 B`. */
export function logRequest(
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void,
): void {
  const begin = performance.now();
  const { socket } = request;
  const sentBefore = socket.bytesWritten;
  response.once("close", () => {
    const path = (request.url ?? "").split("?")[0]?.slice(0, 100);
    const time = (performance.now() - begin).toFixed(1);
    const size = socket.bytesWritten - sentBefore;
    const end = response.writableFinished ? response.statusCode : "aborted";
    log(`${request.method} ${path} ${end} ${time} ms ${size} B`);
  });
}

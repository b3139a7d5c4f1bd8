import { once } from "node:events";
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How long running requests may take once the server closes. */
const CLOSE_MS_MAX = 5_000;

/**
 * Keeps account of the server's connections without a request, which Node's own `closeIdleConnections` does not all know: those that never had one,
 * and those whose request ends while the server closes. The result closes the server: it takes no more connections, lets running requests end,
 * and resolves when all is closed.
 */
export function trackConnections(server: Server): () => Promise<void> {
  const idle = new Set<Socket>();
  let isClosing = false;
  const rest = (socket: Socket): void => {
    if (socket.destroyed) return;
    if (isClosing) socket.destroySoon();
    else idle.add(socket);
  };
  server.on("connection", (socket) => {
    rest(socket);
    socket.once("close", () => idle.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    idle.delete(socket);
    response.once("close", () => rest(socket));
  });
  return async () => {
    isClosing = true;
    const closed = once(server, "close");
    server.close();
    for (const socket of idle) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS_MAX);
    await closed;
    clearTimeout(timer);
  };
}

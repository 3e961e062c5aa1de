import { WebSocket } from "ws"
import type { OpenFrameSocket } from "./relay-line"

/** A relay frame is shorter than this; what is longer is none. */
const mostFrameBytes = 2_048
const openWithinMs = 5_000

/** [LANU-76] The WebSocket to the party's relay at `url`, `ws://` or `wss://`. */
export function frameSocketTo(url: string): OpenFrameSocket {
  return (listener) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: mostFrameBytes, handshakeTimeout: openWithinMs })
    socket.on("open", () => listener.opened())
    socket.on("message", (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) listener.frameArrived(data)
    })
    socket.on("close", () => listener.closed())
    // An error is followed by `close`, which says all there is to know.
    socket.on("error", () => undefined)
    return {
      send: (frame) => socket.send(frame, () => undefined),
      bufferedBytes: () => socket.bufferedAmount,
      close: () => socket.terminate(),
    }
  }
}

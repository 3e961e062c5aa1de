import { closeCode } from "./codes"
import type { Connection } from "./connection"
import type { Hub } from "./hub"
import { decodeJson, userData, type SigninData, type UserData } from "./inbound"
import { protocolError, signinSuccess } from "./outbound"
import { isSignedBy, userText } from "./signature"

/** Ties a socket to a person. A signature that is not ours costs the connection, as one would not get better by waiting (PSH-12, PSH-13, PSH-60). */
export function signIn(hub: Hub, connection: Connection, request: SigninData): void {
  const user = readSignedUser(hub, connection, request)
  if (!user) {
    connection.send(protocolError(closeCode.unauthorized, "The sign-in is not valid for this socket"))
    connection.close(closeCode.unauthorized, "sign-in refused")
    return
  }
  if (connection.user && connection.user.id !== user.id) {
    connection.send(protocolError(null, "This connection is signed in as another user"))
    return
  }
  connection.user = user
  hub.users.add(user.id, connection)
  connection.send(signinSuccess(request.user_data))
}

function readSignedUser(hub: Hub, connection: Connection, request: SigninData): UserData | null {
  if (!isSignedBy(hub.app, request.auth, userText(connection.socketId, request.user_data))) return null
  const user = decodeJson(userData, request.user_data)
  return user.ok && !hub.endedUsers.includes(user.value.id, connection.number) ? user.value : null
}

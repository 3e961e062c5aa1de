/** Said when a question never reached the server, or its answer never came back. */
export const lostOnTheWay = "That did not get through. Check the connection and try again."

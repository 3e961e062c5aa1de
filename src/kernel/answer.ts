/** What every door answers: the command's value, or one sentence for people and one code for programs. */
export type Answer<Value extends object = object> = ({ success: true } & Value) | Failure

/** `errorId` is there when it was our bug: the log knows it by that id. */
export type Failure = { success: false; error: string; code: string; errorId?: string }

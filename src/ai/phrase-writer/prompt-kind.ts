/**
 * What finishes a prompt: SINGING BADLY ("doing"), SING BADLY, SINGS BADLY, SANG BADLY, MY UNCLE SANG BADLY ("clause"),
 * what somebody says or writes, many things, a thing, or a thing without its article.
 */
export type PromptKind = "doing" | "do" | "does" | "did" | "clause" | "saying" | "things" | "thing" | "bareThing"

type Ending = { readonly kind: PromptKind; readonly is: RegExp; readonly not?: RegExp }

// The first that fits decides.
const endings: readonly Ending[] = [
  { kind: "saying", is: /\b(?:say|says|said|should read|words were|motto should be|keeps repeating)$/ },
  { kind: "clause", is: /\b(?:because|when|if|that)$/ },
  { kind: "doing", is: /\b(?:starts?|started|stop|practise|end up|while|spends (?:the|his|her) .*|ends with everyone)$/ },
  { kind: "doing", is: /\b(?:great|better .*) at$/ },
  { kind: "doing", is: /\b(?:I|he|she|they|we|children|kids) (?:am|is|are|was|were)$/, not: /\bas if\b/ },
  { kind: "doing", is: /\b(?:exercise|habit|pleasure|discipline|superpower|talent|tactic) (?:is|would be)$/ },
  // "was replaced by" asks for a thing.
  { kind: "doing", is: / by$/, not: /\b(?:is|are|was|were|be|been|when) / },
  { kind: "do", is: /\b(?:will|must|can|cannot|should|if you|(?:has|have|had|appears|wants?|tried|tries|forgot|decided) to)$/ },
  { kind: "do", is: /\b(?:told|reminded|forced|taught|helps?|asked) (?:me|you|us|him|her) to$/ },
  { kind: "does", is: /\b(?:who|whoever|someone|somebody|because it|when it|secretly)$/ },
  { kind: "did", is: /\b(?:we|they|and|and then|he|she|Grandpa|Grandma|Dad|Mum)$/ },
  { kind: "bareThing", is: /\b(?:an?|the|my|your|his|her|our|their|free|daily|annual)$/ },
  { kind: "things", is: /\b(?:(?:full|a lot|pictures) of|(?:filled|stuffed|padded) with|covered us in|offers for)$/ },
  { kind: "things", is: /\b(?:only|nothing but|collects)$/ },
]

/** Told by its last words; most prompts ask for a thing. */
export function promptKindOf(prompt: string): PromptKind {
  const text = prompt.replace(/[\s.…_]+$/u, "")
  return endings.find(({ is, not }) => is.test(text) && !not?.test(text))?.kind ?? "thing"
}

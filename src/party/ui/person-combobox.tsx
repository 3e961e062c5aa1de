"use client"

import { useId, useState, type KeyboardEvent, type ReactNode, type Ref } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { inputLook } from "@/ui/input-look"
import { filterPeople, type Person } from "./person-filter"

type PersonComboboxProps = {
  label: ReactNode
  /** The likeliest first. */
  people: readonly Person[]
  /** Whose name stands in the field while nobody types. */
  picked: Person | null
  onPick: (id: string) => void
  /** Offers to make somebody new of a name that is nobody's; the text is trimmed. */
  onCreate?: (name: string) => void
  /** What the offer says. */
  createWords?: (name: string) => string
  /** What the list says when nobody fits. */
  nobodyWords?: string
  placeholder?: string
  error?: ReactNode
  inputRef?: Ref<HTMLInputElement>
  className?: string
}

type Choice = { key: string; person: Person | null; words: string }

/** Type-ahead over people: arrows and Enter, Tab takes the first match, Escape goes back to who was picked. */
export function PersonCombobox(props: PersonComboboxProps) {
  const { label, picked, onPick, onCreate, placeholder, error, inputRef, className } = props
  const id = useId()
  /** What was typed, or null while the field shows who is picked. */
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(0)
  const choices = isOpen ? choicesFor(props, typed ?? "") : []
  const current = choices[Math.min(active, choices.length - 1)]

  function close() {
    setIsOpen(false)
    setTyped(null)
    setActive(0)
  }

  function take(choice: Choice) {
    const name = (typed ?? "").trim()
    close()
    if (choice.person) onPick(choice.person.id)
    else onCreate?.(name)
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    // The Enter that ends an input method's word is not ours.
    if (event.nativeEvent.isComposing) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (!isOpen) return setIsOpen(true)
      const step = event.key === "ArrowDown" ? 1 : -1
      return setActive((Math.min(active, choices.length - 1) + step + choices.length) % Math.max(choices.length, 1))
    }
    if (event.key === "Escape" && isOpen) {
      event.preventDefault()
      return close()
    }
    const isTaken = event.key === "Enter" || (event.key === "Tab" && typed?.trim())
    if (!isTaken) return
    if (event.key === "Enter") event.preventDefault()
    if (isOpen && current) take(current)
  }

  return (
    <div className={classNames("relative grid gap-1.5", className)}>
      <label htmlFor={id} className="font-semibold">{label}</label>
      <input
        ref={inputRef}
        id={id}
        role="combobox"
        dir="auto"
        autoComplete="off"
        autoCapitalize="words"
        spellCheck={false}
        placeholder={placeholder}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${id}-${current.key}` : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        value={typed ?? picked?.name ?? ""}
        onChange={(event) => {
          setTyped(event.target.value)
          setIsOpen(true)
          setActive(0)
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => setIsOpen(true)}
        onBlur={close}
        onKeyDown={handleKey}
        className={classNames(inputLook(Boolean(error)), "font-bold")}
      />
      <ChoiceList
        id={id}
        label={typeof label === "string" ? label : "People"}
        isOpen={isOpen}
        choices={choices}
        current={current}
        nobodyWords={props.nobodyWords ?? "Nobody is called that."}
        onTake={take}
      />
      {error && <p id={`${id}-error`} role="alert" className="font-semibold text-danger-text"><span aria-hidden>▲ </span>{error}</p>}
    </div>
  )
}

type ChoiceListProps = {
  id: string
  label: string
  isOpen: boolean
  choices: readonly Choice[]
  current: Choice | undefined
  nobodyWords: string
  onTake: (choice: Choice) => void
}

function ChoiceList({ id, label, isOpen, choices, current, nobodyWords, onTake }: ChoiceListProps) {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      hidden={!isOpen}
      className="absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto rounded-xl border-2 border-control bg-surface p-1 shadow-2xl"
    >
      {choices.map((choice) => (
        <li
          key={choice.key}
          id={`${id}-${choice.key}`}
          role="option"
          aria-selected={choice === current}
          // Keeps the keyboard in the field.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(choice)}
          ref={choice === current ? scrollIntoList : undefined}
          className={classNames(
            "flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3",
            choice === current ? "bg-accent text-on-accent" : "hover:bg-raised",
          )}
        >
          {choice.person && <Avatar id={choice.person.id} name={choice.person.name} size="small" />}
          <span dir="auto" className="min-w-0 flex-1 truncate text-left font-semibold">{choice.words}</span>
          {choice.person?.note && <span className="numerals shrink-0 text-lg">{choice.person.note}</span>}
        </li>
      ))}
      {isOpen && choices.length === 0 && <li role="presentation" className="px-3 py-2.5 text-muted">{nobodyWords}</li>}
    </ul>
  )
}

function choicesFor({ people, onCreate, createWords }: PersonComboboxProps, typed: string): Choice[] {
  const found = filterPeople(people, typed).map((person) => ({ key: person.id, person, words: person.name }))
  const name = typed.trim()
  if (!onCreate || name === "") return found
  return [...found, { key: "new", person: null, words: createWords?.(name) ?? `Add ${name}` }]
}

function scrollIntoList(node: HTMLLIElement | null) {
  node?.scrollIntoView({ block: "nearest" })
}

import { setUpForwarding } from "./forwarding"
import { Host } from "./host"
import { routerRules, type RouterKind } from "./routers"
import { serverAddresses } from "./server-addresses"

export type HomePlan = { router: RouterKind; pcs?: number }

/** Where a home is: its outer network, and the network inside. */
export type HomeAddresses = {
  /** The link in the internet's namespace. */
  link: string
  wanNetwork: string
  provider: string
  wan: string
  /** The router gets this one when its provider changes its address. */
  nextWan: string
  lanPrefix: string
  lanBits: number
  firstHost: number
}

/** A home has eight outside addresses; one without a router has its PCs at eight more, which all the world can reach. */
export function addressesOf(index: number, router: RouterKind): HomeAddresses {
  if (index > 15) throw new Error("sixteen homes at most")
  const wan = (host: number) => `203.0.113.${index * 8 + host}`
  const outside = { link: `home${index + 1}`, wanNetwork: wan(0), provider: wan(1), wan: wan(2), nextWan: wan(3) }
  if (router === "none") return { ...outside, lanPrefix: "203.0.113", lanBits: 29, firstHost: 128 + index * 8 }
  return { ...outside, lanPrefix: `192.168.${index + 1}`, lanBits: 24, firstHost: 0 }
}

/** One PC: `address` is the one it has now. */
export class Pc extends Host {
  #host: number
  readonly #home: HomeAddresses
  readonly #port: { router: Host; name: string }

  constructor(host: Host, home: HomeAddresses, port: { router: Host; name: string }, number: number) {
    super(host.namespace, host.folder)
    this.#home = home
    this.#port = port
    this.#host = home.firstHost + 2 + number
  }

  get address(): string {
    return `${this.#home.lanPrefix}.${this.#host}`
  }

  /** Lines for `ip -batch` that give the PC its address and its way out. */
  addressLines(): string[] {
    const { lanPrefix, lanBits, firstHost } = this.#home
    return [`addr add ${this.address}/${lanBits} dev eth0`, "link set eth0 up", `route add default via ${lanPrefix}.${firstHost + 1}`]
  }

  /** The router hands out another address: the old one and every route over it are gone. */
  async changeAddress(): Promise<string> {
    this.#host += 2
    await this.configure(["addr flush dev eth0", ...this.addressLines()])
    return this.address
  }

  /** Pulls the cable out at the router's end: the PC sees no carrier. */
  async cutCable(): Promise<void> {
    await this.#port.router.configure([`link set ${this.#port.name} down`])
  }

  async mendCable(): Promise<void> {
    await this.#port.router.configure([`link set ${this.#port.name} up`])
  }
}

/** A router and the PCs behind it. In a home with router `none` nothing is translated and nothing kept out. */
export class Home {
  readonly pcs: readonly Pc[]
  #wan: string

  constructor(
    readonly kind: RouterKind,
    readonly addresses: HomeAddresses,
    readonly internet: Host,
    readonly router: Host,
    pcs: readonly Host[],
  ) {
    this.#wan = addresses.wan
    this.pcs = pcs.map((pc, number) => new Pc(pc, addresses, { router, name: `port${number}` }, number))
  }

  /** The router's outer address. */
  get wanAddress(): string {
    return this.#wan
  }

  /** Lines for `ip -batch`, outside of every namespace, that lay the cables. */
  wires(): string[] {
    const { link } = this.addresses
    const outer = `link add ${link} netns ${this.internet.namespace} type veth peer name wan netns ${this.router.namespace}`
    const inner = this.pcs.map(
      ({ namespace }, number) => `link add port${number} netns ${this.router.namespace} type veth peer name eth0 netns ${namespace}`,
    )
    return [outer, ...inner]
  }

  /** Lines for `ip -batch` in the internet's namespace. */
  internetSide(): string[] {
    const { link, provider } = this.addresses
    return [`addr add ${provider}/29 dev ${link} noprefixroute`, `link set ${link} up`, ...this.#routesHere()]
  }

  async setUp(): Promise<void> {
    const pcs = this.pcs.map((pc) => pc.configure(["link set lo up", ...pc.addressLines()]))
    const { provider, lanPrefix, lanBits, firstHost } = this.addresses
    const ports = this.pcs.flatMap((_, number) => [`link set port${number} master lan`, `link set port${number} up`])
    const lines = [
      "link set lo up",
      `addr add ${this.#wan}/29 dev wan`,
      "link set wan up",
      `route add default via ${provider}`,
      "link add lan type bridge",
      ...ports,
      `addr add ${lanPrefix}.${firstHost + 1}/${lanBits} dev lan`,
      "link set lan up",
    ]
    await Promise.all([setUpForwarding(this.router, lines, routerRules(this.kind)), ...pcs])
  }

  /** The provider gives the router another address: every mapping it had is gone. */
  async changeWanAddress(): Promise<string> {
    const { provider, nextWan } = this.addresses
    this.#wan = nextWan
    await this.router.configure(["addr flush dev wan", `addr add ${nextWan}/29 dev wan`, `route add default via ${provider}`])
    await this.internet.configure(this.#routesHere())
    return nextWan
  }

  /** The line to the provider is dead. */
  async cutLine(): Promise<void> {
    await this.internet.configure([`link set ${this.addresses.link} down`])
  }

  async mendLine(): Promise<void> {
    await this.internet.configure([`link set ${this.addresses.link} up`, ...this.#routesHere()])
  }

  /**
   * The server answers from its own address also where a program has bound none.
   * Without translation the world has to know where the PCs are.
   */
  #routesHere(): string[] {
    const { link, wanNetwork, lanPrefix, lanBits, firstHost } = this.addresses
    const outside = `route replace ${wanNetwork}/29 dev ${link} src ${serverAddresses[0]}`
    const inside = `route replace ${lanPrefix}.${firstHost}/${lanBits} via ${this.#wan} src ${serverAddresses[0]}`
    return this.kind === "none" ? [outside, inside] : [outside]
  }
}

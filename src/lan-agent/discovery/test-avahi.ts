import type { Pc } from "@/testing/network/home"
import type { Child } from "@/testing/network/host"

/**
 * Starts Debian's avahi-daemon with a D-Bus of its own on this PC, in its usual configuration (every interface that is not
 * point-to-point), and then `command` beside it.
 */
export function startAvahi(pc: Pc, name: string, command: string): Child {
  const script = [
    "set -e",
    "mkdir -p /run/dbus /run/avahi-daemon",
    "mount -t tmpfs tmpfs /run/dbus",
    "mount -t tmpfs tmpfs /run/avahi-daemon",
    `printf '[server]\\nhost-name=${name}\\nuse-ipv6=no\\n' > $HOME/avahi.conf`,
    "dbus-daemon --system --nofork --nopidfile &",
    "until [ -S /run/dbus/system_bus_socket ]; do sleep 0.05; done",
    "avahi-daemon --no-drop-root --no-rlimits --no-chroot -f $HOME/avahi.conf &",
    "until [ -S /run/avahi-daemon/socket ]; do sleep 0.05; done",
    `exec ${command}`,
  ]
  return pc.spawn("sh", ["-c", script.join("\n")])
}

const frameMs = 1000

/**
 * Plays a mute film of a dark surface behind the page, one frame a second: browsers keep a screen on that shows a film
 * as wide as the window. Needs no secure context and no tap. Where it cannot play, nothing happens.
 * @returns stops it.
 */
export function playStillFilm(document: Document): () => void {
  const canvas = document.createElement("canvas")
  const brush = canvas.getContext("2d")
  if (!brush || typeof canvas.captureStream !== "function") return () => undefined
  canvas.width = 64
  canvas.height = 36
  const film = filmElement(document, canvas.captureStream())
  document.body.append(film)
  let isOdd = false
  const draw = () => {
    isOdd = !isOdd
    // Two shades nobody can tell apart: a stream without new frames counts as stopped.
    brush.fillStyle = isOdd ? "#0b1020" : "#0b1021"
    brush.fillRect(0, 0, canvas.width, canvas.height)
  }
  draw()
  const timer = setInterval(draw, frameMs)
  film.play().catch(() => undefined)
  return () => {
    clearInterval(timer)
    film.remove()
  }
}

function filmElement(document: Document, stream: MediaStream): HTMLVideoElement {
  const film = document.createElement("video")
  film.muted = true
  film.playsInline = true
  film.ariaHidden = "true"
  film.tabIndex = -1
  film.disablePictureInPicture = true
  film.srcObject = stream
  film.style.cssText = "position:fixed;inset:0;width:100%;height:100%;object-fit:fill;z-index:-2;pointer-events:none"
  return film
}

/** Where a person's choice of theme is kept on their own device. */
export const THEME_KEY = "party-theme"

/** Runs before the first paint, so that a chosen theme never flashes the other one. Without a choice the device decides. */
export const themeScript = `try{var t=localStorage.getItem("${THEME_KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`

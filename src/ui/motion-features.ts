// Its own file so that the layout engine arrives in its own chunk, after the page works.
export { domMax as default } from "framer-motion"

/**
 * Places of the web client's looks that stand on many pages, for rules of style. Those of `html` and `.layout-tv` before
 * them are needed: themes come after our stylesheet, so that a rule only wins by being more exact.
 * Source: `styles/librarybrowser.scss`, `components/cardbuilder/card.scss`, `components/backdrop/backdrop.scss`,
 * `themes/` of jellyfin-web 10.8.13, 10.11.11 and 12.0, and the built clients.
 */
export const LOOKS = {
  /** The bar on top of 10.8 to 11 and of 12's older layouts; not the one over a film. */
  oldBar: '.skinHeader.skinHeader-withBackground:not(.osdHeader)',
  /** The bar on top of 12, and of 10.9 to 10.11's experimental layout. */
  newBar: 'header.MuiAppBar-root',
  /** The drawer on the left. */
  oldDrawer: '.mainDrawer.mainDrawer',
  newDrawer: '.MuiDrawer-root .MuiDrawer-paper',
  /** Words and pictures in both drawers that have a colour of their own. */
  oldDrawerParts: ['.sidebarHeader', '.navMenuOption:not(.navMenuOption-selected)'],
  oldDrawerHover: '.navMenuOption:not(.navMenuOption-selected):hover',
  newDrawerParts: ['.MuiListItemIcon-root', '.MuiListSubheader-root', '.MuiListItemText-root'],
  /** Behind all pages: the box of the picture, a picture in it (two while one fades in), and what dims them. */
  backdropBox: '.backdropContainer',
  backdropPicture: '.backdropContainer .backdropImage',
  /** Put behind the one before: it comes in by the animation `backdrop-fadein`, whose end the client waits for. */
  backdropFadesIn: '.backdropImageFadeIn',
  backdropShade: '.backgroundContainer.withBackdrop',
  /** One card of a film, a series, a person; what in it has the picture, and what has round corners. */
  card: '.card',
  cardFrame: '.cardBox .cardScalable',
  cardPicture: '.cardBox .cardImageContainer',
  cardFooterBox: '.cardBox.visualCardBox',
  cardRound: [
    '.cardBox .cardScalable',
    '.cardBox .cardContent',
    '.cardBox .cardImageContainer',
    '.cardBox .cardPadder.cardPadder',
    '.cardBox .cardOverlayContainer',
    '.cardBox .blurhash-canvas',
    '.cardBox.visualCardBox',
  ],
  /** A card of an item; those of people who sign in and of servers have no type. */
  itemCard: '.card[data-type]',
  /** The lines below a picture; not the name that stands in place of one. */
  cardLines: ['.cardBox > .cardText', '.cardBox > .cardFooter .cardText'],
  /** How far something was watched: up to 10.8 one element, later a second kind beside it. */
  progress: [
    '.itemProgressBar .itemProgressBarForeground:not(.itemProgressBarForeground-recording)',
    '.itemLinearProgress .MuiLinearProgress-bar',
  ],
} as const;

/** What `<html>` carries in the layout for television sets. Source: `layoutManager.js`, 10.8.13 to 12.0. */
export const TV_LAYOUT = 'layout-tv';

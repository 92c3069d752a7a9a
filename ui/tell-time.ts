/**
 * Tells a time in the language of the page and the zone of the browser, to the minute.
 *
 * @param at Milliseconds since 1970.
 */
export function tellTime(at: number): string {
  // `dateStyle` is younger than the browsers we build for.
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
}

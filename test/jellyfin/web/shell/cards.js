/* Cards of films, nested as the real ones are. */
function filmCard(item) {
  const tag = item.ImageTags?.Primary;
  const picture = tag ? ` style="background-image:url('${imageUrl(item, 'Primary', tag)}')"` : '';
  const percent = item.UserData?.PlayedPercentage;
  const progress = percent ? `<div class="innerCardFooter fullInnerCardFooter innerCardFooterClear itemProgressBar"><div class="itemProgressBarForeground" style="width:${percent}%;"></div></div>` : '';
  const name = escapeHtml(item.Name);
  const href = hrefOf('details', `?id=${item.Id}&serverId=${item.ServerId}`);
  return `<div data-id="${item.Id}" data-type="${item.Type}" class="card overflowPortraitCard card-hoverable card-withuserdata" aria-label="${name}">
    <div class="cardBox cardBox-bottompadded"><div class="cardScalable"><div class="cardPadder cardPadder-overflowPortrait"></div>
      <a href="${href}" class="emby-button cardImageContainer coveredImage cardContent itemAction lazy"${picture} aria-label="${name}" role="img">${tag ? '' : `<div class="cardText cardDefaultText">${name}</div>`}${progress}</a>
      </div><div class="cardText cardTextCentered cardText-first"><bdi><a href="${href}" class="emby-button itemAction textActionButton" title="${name}">${name}</a></bdi></div>
      <div class="cardText cardTextCentered cardText-secondary"><bdi>${item.ProductionYear ?? ''}</bdi></div>
    </div></div>`;
}

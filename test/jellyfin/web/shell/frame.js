/* What stands around the pages. 10.8 has it in index.html; later versions put it into #reactRoot. */
const BACKDROP = '<div class="backdropContainer"></div><div class="backgroundContainer"></div>';
const FRAME = `<div class="mainDrawer"><div class="mainDrawer-scrollContainer scrollContainer focuscontainer-y"></div></div>
  <div class="skinHeader focuscontainer-x"></div><div class="mainDrawerHandle"></div>`;
const PAGE_AREA = '<div class="mainAnimatedPages skinBody"></div><div class="skinBody"></div>';

function buildFrame() {
  if (GENERATION > 8) {
    const root = document.getElementById('reactRoot');
    root.innerHTML = layoutManager.modern
      ? `${BACKDROP}<div class="reactHeader" style="display:none">${FRAME}</div>
         <div class="modernLayout"><header class="MuiPaper-root MuiAppBar-root"></header><main>${PAGE_AREA}</main></div>`
      : BACKDROP + FRAME + PAGE_AREA;
  }
  viewContainer.reset();
  document.querySelector('.skinHeader').classList.add('skinHeader-withBackground', 'skinHeader-blurred');
  document.querySelector('.mainDrawer').classList.remove('hide');
  document.querySelector('.mainDrawer').classList.add('transition', 'touch-menu-la');
  if (GENERATION <= 10) document.body.classList.add('force-scroll');
  buildHeader();
  if (layoutManager.modern) buildModernBar();
}

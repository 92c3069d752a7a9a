/* Loads a chunk file with a script tag; a chunk pushes [[name], { id: factory }] onto window.webpackChunk. */
const arrivedChunks = {};
const askedChunks = {};

window.webpackChunk = window.webpackChunk || [];
window.webpackChunk.push = ([[name], modules]) => {
  const module = {};
  Object.values(modules)[0](module);
  arrivedChunks[name] = module.exports;
};

function loadChunk({ name, file }) {
  askedChunks[file] ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = file;
    script.onload = () => resolve(arrivedChunks[name]);
    script.onerror = reject;
    document.head.appendChild(script);
  });
  return askedChunks[file];
}

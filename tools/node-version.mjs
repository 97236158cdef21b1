const NEEDED = [24, 15];

/** Why this version of Node.js cannot run us, as a sentence; undefined when it can. */
export function findNodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return undefined;
  return (
    `EchoV2 needs Node.js ${NEEDED.join('.')} or newer, and this is ${version}. ` +
    'On Linux x64 and arm64 "npm ci" brings the right one and "npm start" uses it; elsewhere install it from nodejs.org.'
  );
}

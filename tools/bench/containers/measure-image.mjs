import { now } from '../clock.mjs';
import { ROOT } from '../settings.mjs';
import { compressedSize, docker } from './engine.mjs';

/** Milliseconds to build the image without a layer of any build before (packages that npm has downloaded are kept), and its size. */
export async function measureImage(image) {
  const began = now();
  await docker(['build', '--quiet', '--no-cache', '--file', 'docker/Dockerfile', '--tag', image, '.'], { cwd: ROOT });
  const coldBuildMs = now() - began;
  const raw = Number(await docker(['image', 'inspect', '--format', '{{.Size}}', image]));
  return { coldBuildMs, raw, compressed: await compressedSize(image) };
}

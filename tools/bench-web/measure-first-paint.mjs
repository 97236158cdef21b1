const VISITS = 5;

/** From the address to the first paint that has something in it, and to a message box that has the focus: the middle of some visits by a browser that has nothing of the page yet. */
export async function measureFirstPaint(browser, url) {
  const visits = [];
  for (let visit = 0; visit < VISITS; visit++) visits.push(await visitOnce(browser, url));
  const middle = (of) => visits.map((visit) => visit[of]).sort((one, other) => one - other)[Math.floor(VISITS / 2)];
  return { firstPaint: middle('paint'), usable: middle('usable') };
}

async function visitOnce(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      if (document.activeElement?.id === 'composer') globalThis.usable = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  // The paint is told some time after it, also after the box has the focus.
  await page.waitForFunction(() => globalThis.usable !== undefined && performance.getEntriesByName('first-contentful-paint').length > 0);
  const visit = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    usable: globalThis.usable,
  }));
  await context.close();
  return visit;
}

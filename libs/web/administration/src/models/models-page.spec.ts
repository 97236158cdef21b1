import { type ModelRules } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AdministrationRig, WITHOUT_ACCOUNTS } from '../testing/administration-rig';
import { ModelsPage } from './models-page';

describe('ModelsPage', () => {
  let rig: AdministrationRig;
  let rules: ModelRules;

  beforeEach(() => {
    rig = new AdministrationRig();
    rules = { default_model: null, fallbacks: { 'openai/*': ['lab/small'] }, user_models: null };
    rig.api.on('GET /admin/model-rules', () => ({ json: rules }));
    rig.api.on('PATCH /admin/model-rules', ({ body }) => ({ json: (rules = { ...rules, ...body }) }));
    rig.api.on('GET /models', {
      json: {
        models: [
          { provider: 'openai', id: 'one' },
          { provider: 'lab', id: 'small' },
          { provider: 'guide', id: 'guide' },
        ],
        problems: [],
      },
    });
    rig.api.on('GET /chat/providers', () => ({
      json: { providers: [{ id: 'guide', kind: 'guide' }], default_model: rules.default_model ?? 'openai/one', discovered: [] },
    }));
  });
  afterEach(() => rig.screen.leave());

  const open = () => rig.show(ModelsPage, '/settings/models');
  const sent = () => rig.api.sent('PATCH /admin/model-rules');

  it('sets the usual model, and says which one it is', async () => {
    await open();
    expect(rig.screen.text).toContain('Now: openai/one');
    expect([...rig.screen.field('Model').querySelectorAll('option')].map(({ value }) => value)).toEqual(['', 'openai/one', 'lab/small']);
    await rig.screen.choose('Model', 'lab/small');
    await rig.screen.press('Save the usual model');
    expect(sent()).toEqual([{ default_model: 'lab/small' }]);
    expect(rig.screen.said('status')).toContain('lab/small is the usual model now.');
    expect(rig.screen.text).toContain('Now: lab/small');
    await rig.screen.choose('Model', '');
    await rig.screen.press('Save the usual model');
    expect(sent().at(-1)).toEqual({ default_model: null });
  });

  it('keeps a usual model that nobody lists now', async () => {
    rules = { ...rules, default_model: 'gone/model' };
    await open();
    expect(rig.screen.field('Model').value).toBe('gone/model');
    expect(rig.screen.text).toContain('gone/model (not listed now)');
  });

  it('adds to who stands in, and takes it away', async () => {
    await open();
    await rig.screen.press('And then another for rule 1');
    await rig.screen.fill({ then: 'lab/large' });
    await rig.screen.press('Save who stands in');
    expect(sent()).toEqual([{ fallbacks: { 'openai/*': ['lab/small', 'lab/large'] } }]);
    await rig.screen.press('Remove rule 1');
    expect(rig.screen.text).toContain('Nobody stands in');
    await rig.screen.press('Save who stands in');
    expect(sent().at(-1)).toEqual({ fallbacks: {} });
  });

  it('begins a rule where the person writes on', async () => {
    rules = { ...rules, fallbacks: {} };
    await open();
    await rig.screen.press('Add a rule');
    expect(document.activeElement).toBe(rig.screen.field('In place of'));
  });

  it('says at the rule what is wrong with it', async () => {
    await open();
    const errors = [{ pointer: '/fallbacks/openai~1*', code: 'invalid_value' as const, detail: 'Name one to ten models.' }];
    rig.api.on('PATCH /admin/model-rules', refusal('invalid_value', { errors }));
    await rig.screen.press('Save who stands in');
    expect(rig.screen.noteOf('In place of')).toBe('Name one to ten models.');
  });

  it('limits what users may use, and counts it', async () => {
    await open();
    const only = [...rig.screen.root.querySelectorAll<HTMLInputElement>('input[type="radio"]')].at(-1);
    only?.click();
    await rig.screen.settle();
    await rig.screen.fill({ 'Models, one a line': 'openai/*\n' });
    expect(rig.screen.noteOf('Models, one a line')).toContain('Of 2 models these are 1.');
    await rig.screen.press('Save the models for users');
    expect(sent()).toEqual([{ user_models: ['openai/*'] }]);
    expect(rig.screen.said('status')).toContain('Users may use 1 of 2 models.');
  });

  it('says nothing of users where there are no accounts', async () => {
    await rig.show(ModelsPage, '/settings/models', { state: WITHOUT_ACCOUNTS });
    expect(rig.screen.text).not.toContain('Models for users');
  });
});

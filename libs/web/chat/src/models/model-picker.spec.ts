import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ModelPicker } from './model-picker';

const GROUPS = [
  {
    label: 'OpenAI',
    problem: undefined,
    options: [
      { value: 'openai/one', label: 'one' },
      { value: 'openai/two', label: 'two' },
    ],
  },
  { label: 'Gemini', problem: 'The key was refused.', options: [] },
];

describe('ModelPicker', () => {
  let fixture: ComponentFixture<ModelPicker>;
  const select = () => fixture.nativeElement.querySelector('select') as HTMLSelectElement;

  beforeEach(async () => {
    fixture = TestBed.createComponent(ModelPicker);
    fixture.componentRef.setInput('groups', GROUPS);
    fixture.componentRef.setInput('choice', 'openai/two');
    await fixture.whenStable();
  });

  it('is named Model and shows the choice', () => {
    expect(select().getAttribute('aria-label')).toBe('Model');
    expect(select().value).toBe('openai/two');
  });

  it('tells what was chosen', () => {
    const chosen: string[] = [];
    fixture.componentInstance.chosen.subscribe((choice) => chosen.push(choice));
    select().value = 'openai/one';
    select().dispatchEvent(new Event('change'));
    expect(chosen).toEqual(['openai/one']);
  });

  it('shows why a provider cannot be chosen, and does not let it be chosen', () => {
    const group = select().querySelectorAll('optgroup')[1];
    expect(group?.disabled).toBe(true);
    expect(group?.textContent).toContain('The key was refused.');
  });

  it('keeps the choice of a model that is not listed any more', async () => {
    fixture.componentRef.setInput('choice', 'gone/model');
    await fixture.whenStable();
    expect(select().value).toBe('gone/model');
    expect(select().selectedOptions[0]?.textContent).toBe('gone/model (not ready)');
  });

  it('follows the choice when another conversation has another one', async () => {
    fixture.componentRef.setInput('choice', 'openai/one');
    await fixture.whenStable();
    expect(select().value).toBe('openai/one');
  });

  it('has what is healthy looked at again by who comes to choose', () => {
    let looks = 0;
    fixture.componentInstance.retried.subscribe(() => looks++);
    select().dispatchEvent(new Event('focus'));
    expect(looks).toBe(1);
  });

  it('offers to load again when loading failed', async () => {
    let retries = 0;
    fixture.componentInstance.retried.subscribe(() => retries++);
    fixture.componentRef.setInput('problem', 'The server could not be reached.');
    await fixture.whenStable();
    (fixture.nativeElement.querySelector('button:not(.icon)') as HTMLButtonElement).click();
    expect(retries).toBe(1);
  });
});

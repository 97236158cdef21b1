export { type ApiAnswer, type ApiCall, FakeApi, refusal } from './fake-api';
export { Screen } from './screen';

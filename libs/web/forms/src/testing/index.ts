export { type ApiAnswer, type ApiCall, FakeApi, refusal } from './fake-api';
export { PageRig, type PageRigOptions } from './page-rig';
export { Screen } from './screen';

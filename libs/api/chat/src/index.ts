export { ChatModule } from './chat.module';
export { ChatVitals } from './chat-vitals';
export { EVENT_DTOS } from './dto/events';
export { streamVersioning } from './http/stream-version';
export { type BegunRun, type EndedRun, type Flush, RunObserver } from './run-observer';
export { Replica } from './runs/replica';
export { RunKeeper } from './runs/run-keeper';
export { ChatSettings } from './settings';
export { translate } from './translate';

import { type DynamicModule, Module } from '@nestjs/common';
import { Admission } from './admission';
import { ChatController } from './chat.controller';
import { ChatService } from './chat.service';
import { ChatVitals } from './chat-vitals';
import { ConversationsController } from './conversations.controller';
import { Answers } from './http/answers';
import { RunStreams } from './http/run-streams';
import { Allowances } from './limits/allowances';
import { LimitsController } from './limits/limits.controller';
import { MessagesController } from './messages.controller';
import { ModelsController } from './models.controller';
import { LiveRuns } from './runs/live-runs';
import { RemoteRuns } from './runs/remote-runs';
import { Replica } from './runs/replica';
import { RunFollower } from './runs/run-follower';
import { RunKeeper } from './runs/run-keeper';
import { RunWriter } from './runs/run-writer';
import { Runner } from './runs/runner';
import { NO_OBSERVER, RunObserver } from './run-observer';
import { RunsController } from './runs.controller';
import { ChatSettings } from './settings';

/** Chat, conversations and runs: the one library that knows the providers and the database. Both come in as modules. */
@Module({})
export class ChatModule {
  static register(settings: ChatSettings, imports: DynamicModule['imports']): DynamicModule {
    return {
      module: ChatModule,
      imports: imports ?? [],
      controllers: [ChatController, ConversationsController, LimitsController, MessagesController, ModelsController, RunsController],
      providers: [
        { provide: ChatSettings, useValue: settings },
        { provide: RunObserver, useValue: settings.observer ?? NO_OBSERVER },
        Replica,
        LiveRuns,
        RunWriter,
        Runner,
        RemoteRuns,
        RunFollower,
        RunKeeper,
        Admission,
        Allowances,
        ChatService,
        RunStreams,
        Answers,
        ChatVitals,
      ],
      exports: [Replica, RunKeeper, ChatVitals],
    };
  }
}

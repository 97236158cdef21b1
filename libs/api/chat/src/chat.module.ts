import { type DynamicModule, Module } from '@nestjs/common';
import { ChatController } from './chat.controller';
import { ChatService } from './chat.service';
import { ConversationsController } from './conversations.controller';
import { Answers } from './http/answers';
import { RunStreams } from './http/run-streams';
import { MessagesController } from './messages.controller';
import { ModelsController } from './models.controller';
import { LiveRuns } from './runs/live-runs';
import { RemoteRuns } from './runs/remote-runs';
import { Replica } from './runs/replica';
import { RunFollower } from './runs/run-follower';
import { RunKeeper } from './runs/run-keeper';
import { RunWriter } from './runs/run-writer';
import { Runner } from './runs/runner';
import { RunsController } from './runs.controller';
import { ChatSettings } from './settings';

/** Chat, conversations and runs: the one library that knows the providers and the database. Both come in as modules. */
@Module({})
export class ChatModule {
  static register(settings: ChatSettings, imports: DynamicModule['imports']): DynamicModule {
    return {
      module: ChatModule,
      imports: imports ?? [],
      controllers: [ChatController, ConversationsController, MessagesController, ModelsController, RunsController],
      providers: [
        { provide: ChatSettings, useValue: settings },
        Replica,
        LiveRuns,
        RunWriter,
        Runner,
        RemoteRuns,
        RunFollower,
        RunKeeper,
        ChatService,
        RunStreams,
        Answers,
      ],
      exports: [Replica, RunKeeper],
    };
  }
}

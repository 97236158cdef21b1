import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';
import { ChatStream } from './chat-stream';
import { PageActivity } from './page-activity';
import { RunConnection, type RunConnectionNeeds, type RunOrigin, type RunReport } from './run-connection';
import { RunsApi } from './runs-api';
import { VisitingPace } from './visiting-pace';

/** Follows runs through lost connections and hidden pages. */
@Injectable({ providedIn: 'root' })
export class RunConnector {
  readonly #needs: RunConnectionNeeds = {
    stream: inject(ChatStream),
    runs: inject(RunsApi),
    page: inject(PageActivity),
    pace: inject(VisitingPace),
  };

  /** Cold; unsubscribing hangs up. Errors only where the server did not accept; completes after the last event or `gone`. */
  connect(origin: RunOrigin): Observable<RunReport> {
    return new Observable((subscriber) => new RunConnection(this.#needs, origin, subscriber).start());
  }
}

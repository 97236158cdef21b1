import { ApiProblem } from './api-problem';

/** Why a command was refused here, before the server was asked. */
export function left(): ApiProblem {
  return new ApiProblem('The page was left before the server answered. The text is kept as a draft.', 0, 'network_error');
}

export function noSuchMessage(): ApiProblem {
  return new ApiProblem('This message is not stored yet. Try again in a moment.', 0, 'message_not_found');
}

export function stillAnswering(): ApiProblem {
  return new ApiProblem('An answer is being made already. Wait for it, or stop it.', 0, 'run_in_progress');
}

export function nothingToRetry(): ApiProblem {
  return new ApiProblem('There is nothing to send again.', 0, 'empty');
}

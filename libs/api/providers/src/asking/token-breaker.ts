import { breakTemplateTokens } from '@echo/contract/hidden-text';
import { type ModelRequest } from '../language-model';
import { type WireModel } from '../wire-model';

/** The model, told every template token in a broken spelling, for servers that would take it for one of their own. What is stored and shown stays as it was typed. */
export function withBrokenTokens(model: WireModel): WireModel {
  return {
    id: model.id,
    continues: model.continues,
    stream: (request, signal) => model.stream(broken(request), signal),
  };
}

/** Nobody but the operator writes what the system says: it goes out as it is. */
function broken(request: ModelRequest): ModelRequest {
  const messages = request.messages.map(({ role, content }) => ({
    role,
    content: role === 'system' ? content : breakTemplateTokens(content),
  }));
  return { ...request, messages };
}

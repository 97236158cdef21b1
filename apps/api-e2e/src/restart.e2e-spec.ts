import { openAiChat } from '@echo/testing';
import { startOf, TestApi } from './support/test-api';

describe('an application on a database of its operator', () => {
  it('closes at its next start what it left open when it was killed, without waiting for a lease', async () => {
    const api = await TestApi.start();
    try {
      api.answer(openAiChat.text(['Half ', 'an answer'], { pace: 30, then: [{ stall: true }] }));
      const reader = await api.stream('/api/chat', { prompt: 'Tell me' });
      await reader.until(({ text }) => text === 'Half an answer');
      const { run_id, conversation_id } = startOf(reader);
      await api.app.stop('SIGKILL');
      await api.restart();
      expect((await api.get(`/api/runs/${run_id}`)).body).toMatchObject({
        status: 'interrupted',
        error: { code: 'interrupted', retryable: true },
      });
      expect((await api.messages(conversation_id))[1]).toMatchObject({ status: 'interrupted', content: 'Half an answer' });
    } finally {
      await api.stop();
    }
  });
});

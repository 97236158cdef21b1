export { chatAddress } from './page/chat-address';
export { ChatPage } from './page/chat-page';

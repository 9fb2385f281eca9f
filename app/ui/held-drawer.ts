/** Props of a drawer that says what becomes of what it has sent: nobody leaves before that is known. */
export const heldWhile = (busy: boolean) => ({ closable: !busy, maskClosable: !busy, keyboard: !busy });

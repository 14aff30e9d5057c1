import { uniqueClaim } from './unique-claim';

const OWNER = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';

describe('uniqueClaim', () => {
  it('given a value, then names it within its set, and its owner', () => {
    expect(uniqueClaim('bank/account#iban', 'DE89', OWNER)).toEqual({ key: 'bank/account#iban:DE89', owner: OWNER });
  });

  it('given composed and decomposed letters, then claims the same', () => {
    const composed = uniqueClaim('bank/account#owner', 'Zo\u00eb', OWNER);
    const decomposed = uniqueClaim('bank/account#owner', 'Zoe\u0308', OWNER);

    expect(decomposed).toEqual(composed);
  });

  it('given values that only look alike, then claims different ones', () => {
    const latin = uniqueClaim('bank/account#owner', 'Ada', OWNER);
    const cyrillic = uniqueClaim('bank/account#owner', '\u0410da', OWNER);

    expect(cyrillic.key).not.toBe(latin.key);
  });
});

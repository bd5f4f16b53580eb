import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { describe, expect, it } from 'vitest';
import { failureOf } from './openid';

describe('signing in that does not work out', () => {
  it('is the person not going on when the issuer says that access was denied', () => {
    expect(failureOf(new ErrorResponse({ error: 'access_denied' })).reason).toBe('refused');
  });

  it('keeps what else the issuer says for support', () => {
    expect(failureOf(new ErrorResponse({ error: 'invalid_scope', error_description: 'No such scope.' }))).toMatchObject({
      reason: 'failed',
      detail: 'No such scope.',
    });
  });

  it('is a lost way back when this tab does not know that it left', () => {
    expect(failureOf(new Error('No matching state found in storage')).reason).toBe('lost');
    expect(failureOf(new Error('No state in response')).reason).toBe('lost');
  });

  it('is an issuer that is away when there is no answer, or one of a broken service', () => {
    expect(failureOf(new TypeError('Failed to fetch')).reason).toBe('unreachable');
    expect(failureOf(new ErrorTimeout('Network timed out')).reason).toBe('unreachable');
    expect(failureOf(new Error('Bad Gateway (502)')).reason).toBe('unreachable');
  });
});

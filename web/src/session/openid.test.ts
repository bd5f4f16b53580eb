import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { describe, expect, it } from 'vitest';
import { failureOf } from './openid';

describe('a failed sign-in', () => {
  it('is refused if the issuer reports access_denied', () => {
    expect(failureOf(new ErrorResponse({ error: 'access_denied' })).reason).toBe('refused');
  });

  it('is expired if the issuer would have to ask the member', () => {
    expect(failureOf(new ErrorResponse({ error: 'login_required' })).reason).toBe('expired');
    expect(failureOf(new ErrorResponse({ error: 'interaction_required' })).reason).toBe('expired');
  });

  it('keeps the issuer’s description for support', () => {
    expect(failureOf(new ErrorResponse({ error: 'invalid_scope', error_description: 'No such scope.' }))).toMatchObject({
      reason: 'failed',
      detail: 'No such scope.',
    });
  });

  it('is lost if this tab does not know the sign-in', () => {
    expect(failureOf(new Error('No matching state found in storage')).reason).toBe('lost');
    expect(failureOf(new Error('No state in response')).reason).toBe('lost');
  });

  it('is unreachable if the issuer does not respond or is broken', () => {
    expect(failureOf(new TypeError('Failed to fetch')).reason).toBe('unreachable');
    expect(failureOf(new ErrorTimeout('Network timed out')).reason).toBe('unreachable');
    expect(failureOf(new Error('Bad Gateway (502)')).reason).toBe('unreachable');
  });
});

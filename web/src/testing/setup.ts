import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A machine that is busy with something else is not a fault.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

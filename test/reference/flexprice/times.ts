// How the server writes a moment down.

import type { Call } from './model.ts';

export function showTime(call: Call, micros: number): string {
  const seconds = new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19);
  const fraction = String(((micros % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, '0');
  if (call.odd('whole-second-times')) return `${seconds}Z`;
  if (call.odd('millisecond-times')) return `${seconds}.${fraction.slice(0, 3)}Z`;
  if (call.odd('nanosecond-times')) return `${seconds}.${fraction}789Z`;
  return `${seconds}.${fraction}${call.odd('offset-times') ? '+00:00' : 'Z'}`;
}

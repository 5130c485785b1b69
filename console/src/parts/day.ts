import dayjs, { type Dayjs } from 'dayjs';

/** ISO date-time to `2024-11-15 09:30:12`, whatever the browser's locale. */
export function formatTime(at: string): string {
  return at.replace('T', ' ').replace(/(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/, '');
}

/** A period that may be open: `2024-01-01 至 2024-12-31`, `2024-01-01 至今`. */
export function formatPeriod(from: string, to: string | null | undefined): string {
  return to ? `${from} 至 ${to}` : `${from} 至今`;
}

export function toDay(text: string | null | undefined): Dayjs | null {
  return text ? dayjs(text) : null;
}

export function fromDay(day: Dayjs | null | undefined): string | undefined {
  return day ? day.format('YYYY-MM-DD') : undefined;
}

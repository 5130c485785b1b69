import dayjs from 'dayjs';
import type { DoubtCase, DoubtLine } from '../../api/client';
import { formatAmount, magnitude } from '../../parts/amount';
import { formatTime } from '../../parts/day';

const width = 600;
const left = 130;
const row = 20;
const axis = 18;
const day = 86_400_000;

const time = (text: string) => dayjs(text).valueOf();

/** The first days of the months between two moments. */
function months(from: number, to: number): number[] {
  const found = [];
  let at = dayjs(from).startOf('month');
  while (at.valueOf() <= to) {
    if (at.valueOf() >= from) found.push(at.valueOf());
    at = at.add(1, 'month');
  }
  return found;
}

/** The person's visits half a year around the fees, a row for each institution. */
export function VisitTimeline({ of }: { of: DoubtCase }) {
  const visits = of.timeline;
  if (visits.length === 0) return <p className="quiet">前后半年没有就诊记录</p>;
  const places = [...new Set(visits.map((one) => one.institution_name))];
  const centre = time(of.doubt.day);
  const ends = visits.map((one) => time(one.to ?? one.from));
  const from = Math.min(centre - 30 * day, ...visits.map((one) => time(one.from))) - 5 * day;
  const to = Math.max(centre + 30 * day, ...ends) + 5 * day;
  const x = (at: number) => left + ((at - from) / (to - from)) * (width - left - 8);
  const height = axis + places.length * row + 4;
  return (
    <svg className="timeline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label="就诊时间线">
      {months(from, to).map((at) => (
        <g key={at} className="timeline-month">
          <line x1={x(at)} x2={x(at)} y1={axis - 4} y2={height} />
          <text x={x(at) + 3} y={axis - 6}>
            {dayjs(at).format(dayjs(at).month() === 0 ? 'YYYY年M月' : 'M月')}
          </text>
        </g>
      ))}
      {places.map((place, at) => (
        <text key={place} className="timeline-place" x={0} y={axis + at * row + 14}>
          {place.length > 10 ? `${place.slice(0, 9)}…` : place}
          <title>{place}</title>
        </text>
      ))}
      {visits.map((one) => {
        const begin = x(time(one.from));
        const end = Math.max(begin + 5, x(time(one.to ?? one.from)));
        const y = axis + places.indexOf(one.institution_name) * row + 3;
        return (
          <rect
            key={one.visit}
            className={one.this ? 'timeline-this' : 'timeline-visit'}
            x={begin}
            y={y}
            width={end - begin}
            height={row - 6}
            rx={1}
          >
            <title>
              {one.care_name} {formatTime(one.from)} 至 {one.to ? formatTime(one.to) : '今'}{' '}
              {one.institution_name}
            </title>
          </rect>
        );
      })}
      <line className="timeline-day" x1={x(centre)} x2={x(centre)} y1={axis - 4} y2={height} />
    </svg>
  );
}

const tall = 74;

/** The lines of the visit over time, as high as they cost; those in doubt stand out. */
export function LineTimeline({ lines }: { lines: DoubtLine[] }) {
  // One line alone has no course to draw.
  if (lines.length < 2) return null;
  const times = lines.map((one) => time(one.at));
  const from = dayjs(Math.min(...times))
    .startOf('day')
    .valueOf();
  const to = Math.max(
    dayjs(Math.max(...times))
      .endOf('day')
      .valueOf(),
    from + 2 * day,
  );
  const top = Math.max(...lines.map((one) => magnitude(one.total)), 0.01);
  const x = (at: number) => left + ((at - from) / (to - from)) * (width - left - 8);
  const base = axis + tall;
  const every = Math.ceil((to - from) / day / 10);
  const count = Math.ceil((to - from) / day / every);
  const marks = Array.from({ length: count }, (_, at) => from + at * every * day);
  return (
    <svg
      className="timeline"
      viewBox={`0 0 ${width} ${base + 6}`}
      role="img"
      aria-label="明细时间线"
    >
      {marks.map((at) => (
        <g key={at} className="timeline-month">
          <line x1={x(at)} x2={x(at)} y1={axis - 4} y2={base} />
          <text x={x(at) + 3} y={axis - 6}>
            {dayjs(at).format('M-D')}
          </text>
        </g>
      ))}
      <text className="timeline-place" x={0} y={axis + 12}>
        最高 {formatAmount(top.toFixed(2))}
      </text>
      <line className="timeline-base" x1={left} x2={width - 8} y1={base} y2={base} />
      {lines.map((one) => {
        const high = Math.max(3, (magnitude(one.total) / top) * (tall - 4));
        return (
          <rect
            key={one.line}
            className={one.covered ? 'timeline-covered' : 'timeline-line'}
            x={x(time(one.at))}
            y={base - high}
            width={one.covered ? 6 : 4}
            height={high}
          >
            <title>
              {one.item_name} {formatTime(one.at)} {formatAmount(one.total)} 元
              {one.covered && '（本疑点）'}
            </title>
          </rect>
        );
      })}
    </svg>
  );
}

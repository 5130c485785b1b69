import dayjs from 'dayjs';
import type { CoveragePeriod } from '../api/client';
import { formatPeriod } from './day';
import { Mark, type Tone } from './mark';

const width = 1000;
const rowHeight = 22;
const axisHeight = 18;

const tones: Record<CoveragePeriod['status'], Tone> = {
  active: 'good',
  waiting: 'warning',
  suspended: 'bad',
  ended: 'plain',
};

const days = (text: string) => dayjs(text).valueOf() / 86_400_000;

interface Scale {
  x: (day: number) => number;
  years: number[];
}

/** The axis runs from the first year of cover to the end of this one; long ones get fewer marks. */
function scaleOf(periods: CoveragePeriod[], today: string): Scale {
  const now = dayjs(today);
  const starts = periods.map((period) => dayjs(period.from).year());
  const first = Math.min(now.year() - 2, ...starts);
  const from = days(`${first}-01-01`);
  const to = days(`${now.year() + 1}-01-01`);
  const span = now.year() + 1 - first;
  const every = span > 24 ? 5 : span > 12 ? 2 : 1;
  const years = Array.from({ length: span }, (_, at) => first + at).filter(
    (year) => (year - first) % every === 0,
  );
  return { x: (day) => ((day - from) / (to - from)) * width, years };
}

function Segment({
  period,
  row,
  scale,
  end,
}: {
  period: CoveragePeriod;
  row: number;
  scale: Scale;
  end: number;
}) {
  const y = axisHeight + row * rowHeight + 4;
  const start = scale.x(days(period.from));
  const stop = scale.x(period.to ? days(period.to) + 1 : end);
  const benefit = period.benefit_from ? scale.x(days(period.benefit_from)) : start;
  return (
    <g>
      <title>
        {period.scheme_name} {formatPeriod(period.from, period.to)}
        {period.status_name}
      </title>
      <rect
        className={`cover cover-${period.status}`}
        x={start}
        y={y}
        width={Math.max(2, stop - start)}
        height={rowHeight - 8}
      />
      {benefit > start && (
        <rect
          className="cover cover-waiting"
          x={start}
          y={y}
          width={Math.min(benefit, stop) - start}
          height={rowHeight - 8}
        />
      )}
    </g>
  );
}

/** The cover of a life drawn on one axis, a row per scheme, and listed below. */
export function CoverageTimeline({ periods, today }: { periods: CoveragePeriod[]; today: string }) {
  if (periods.length === 0) return <p className="quiet">没有参保记录</p>;
  const schemes = [...new Set(periods.map((period) => period.scheme))];
  const scale = scaleOf(periods, today);
  const now = days(today);
  const height = axisHeight + schemes.length * rowHeight + 4;
  return (
    <div className="coverage">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label="参保时间轴">
        {scale.years.map((year) => {
          const x = scale.x(days(`${year}-01-01`));
          return (
            <g key={year} className="coverage-year">
              <line x1={x} x2={x} y1={axisHeight} y2={height} />
              <text x={x + 3} y={axisHeight - 6}>
                {year}
              </text>
            </g>
          );
        })}
        {periods.map((period) => (
          <Segment
            key={period.scheme + period.from}
            period={period}
            row={schemes.indexOf(period.scheme)}
            scale={scale}
            end={now}
          />
        ))}
        {schemes.map((scheme, row) => {
          const first = periods.find((period) => period.scheme === scheme);
          if (!first) return null;
          return (
            <text
              key={scheme}
              className="coverage-name"
              x={scale.x(days(first.from)) + 4}
              y={axisHeight + row * rowHeight + 14}
            >
              {first.scheme_name}
            </text>
          );
        })}
        <line
          className="coverage-today"
          x1={scale.x(now)}
          x2={scale.x(now)}
          y1={axisHeight - 4}
          y2={height}
        />
      </svg>
      <ul className="coverage-list">
        {[...periods].reverse().map((period) => (
          <li key={period.scheme + period.from}>
            <span className="coverage-status">
              <Mark tone={tones[period.status]}>{period.status_name}</Mark>
            </span>
            <span className="digits coverage-days">{formatPeriod(period.from, period.to)}</span>
            <span className="coverage-scheme">{period.scheme_name}</span>
            <span className="coverage-category">{period.category_name}</span>
            <span>{period.area_name}</span>
            <span className="coverage-group">{period.group_name}</span>
            {period.reason && <span className="quiet">{period.reason}</span>}
            {period.benefit_from && period.benefit_from !== period.from && (
              <span>待遇自 {period.benefit_from} 起</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

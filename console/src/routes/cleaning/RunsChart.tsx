import { LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { CleaningRun } from '../../api/client';

echarts.use([
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

interface Props {
  /** Newest first, as the server lists them. */
  runs: CleaningRun[];
  /** Word and name of each check. */
  checks: [string, string][];
}

function optionOf({ runs, checks }: Props): echarts.EChartsCoreOption {
  const inOrder = [...runs].reverse();
  const found = (run: CleaningRun, check: string) =>
    run.counts.find((one) => one.check === check)?.found ?? 0;
  return {
    animation: false,
    aria: { enabled: true },
    grid: { left: 44, right: 200, top: 12, bottom: 24 },
    legend: { orient: 'vertical', right: 0, top: 8, textStyle: { color: '#44546a' } },
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: 'category',
      data: inOrder.map((run) => run.started_at),
      axisLabel: { color: '#5a6b80' },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#5a6b80' } },
    series: checks.map(([check, name]) => ({
      type: 'line',
      name,
      data: inOrder.map((run) => found(run, check)),
    })),
  };
}

/** What each pass of the checks found. Its own chunk, for the chart library's sake. */
export default function RunsChart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const chart = echarts.init(box.current, undefined, { renderer: 'svg' });
    chart.setOption(optionOf(props));
    return () => chart.dispose();
  }, [props]);
  return <div className="chart" ref={box} />;
}

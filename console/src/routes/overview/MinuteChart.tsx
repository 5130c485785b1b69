import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { OverviewMinute } from '../../api/client';
import { formatAmount } from '../../parts/amount';

echarts.use([BarChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer]);

const clock = (at: string) => at.slice(11, 16);

function optionOf(minutes: OverviewMinute[]): echarts.EChartsCoreOption {
  return {
    animation: false,
    aria: { enabled: true },
    grid: { left: 44, right: 12, top: 12, bottom: 24 },
    tooltip: {
      trigger: 'axis',
      formatter: (points: unknown) => {
        const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        const minute = minutes[at];
        if (!minute) return '';
        return `${clock(minute.at)}　${minute.count} 笔<br/>总额 ${formatAmount(minute.total)} 元`;
      },
    },
    xAxis: {
      type: 'category',
      data: minutes.map((minute) => clock(minute.at)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#c3ccd8' } },
      axisLabel: { color: '#5a6b80', interval: 9 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: '#5a6b80' },
      splitLine: { lineStyle: { color: '#e6ebf1' } },
    },
    series: [
      {
        type: 'bar',
        name: '结算笔数',
        data: minutes.map((minute) => minute.count),
        itemStyle: { color: '#4a7fb5' },
        barCategoryGap: '25%',
      },
    ],
  };
}

/** Settlements per minute. Its own chunk, so that only the home page loads the chart library. */
export default function MinuteChart({ minutes }: { minutes: OverviewMinute[] }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  useEffect(() => {
    if (!box.current) return;
    const made = echarts.init(box.current, undefined, { renderer: 'svg' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(optionOf(minutes));
  }, [minutes]);
  return <div className="chart" ref={box} />;
}
